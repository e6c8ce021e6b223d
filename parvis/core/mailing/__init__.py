"""The queue of the mails that leave: kept in the database, sent by threads of `parvis serve` (docs/decisions/0018).

An app queues a mail inside its own transaction (`queue.queue_mail`); a thread of its lane claims it, sends it and
writes down what became of it. Nothing here knows what a mail is about: apps register that in `purposes`.
"""
