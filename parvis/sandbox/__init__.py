"""What reads a file of a stranger, or draws a document, runs in a child process with limits (docs/decisions/0023).

    @in_child("Ce fichier est trop lourd : coupez-le, puis recommencez.")
    def read(data: bytes) -> Report: ...

Called anywhere, such a function is run by a child that may be killed; called inside a child, it runs there. A pure
package: no Django, and a child never sees the database nor the settings of the site.
"""

from __future__ import annotations

from parvis.sandbox.work import NoChildFree, NotDone, in_child

__all__ = ["NoChildFree", "NotDone", "in_child"]
