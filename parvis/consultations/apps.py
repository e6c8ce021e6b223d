from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "parvis.consultations"
    label = "consultations"
    verbose_name = "Concertations"

    def ready(self) -> None:
        from parvis.consultations import merging, outbox
        from parvis.consultations.lifecycle import refuse_mail_before_opening
        from parvis.consultations.mail_kinds import register as register_text
        from parvis.consultations.models import (
            Consultation,
            ConsultationAddress,
            Contribution,
            GlossaryEntry,
            Invitation,
            Participant,
            Partner,
            Phase,
            Theme,
        )
        from parvis.consultations.operations import own_contributions
        from parvis.consultations.operations.agent_openings import AGENT_OPENING
        from parvis.consultations.operations.forget_contact import forget_contact
        from parvis.consultations.operations.mail_texts import TRIAL
        from parvis.consultations.operations.merge_clashes import (
            settle_invitations,
            settle_participants,
            settle_partners,
        )
        from parvis.consultations.operations.send_invitations import (
            INVITATION,
            INVITATION_TEXT,
            REMINDER,
            REMINDER_TEXT,
            letter_of_invitation,
            note_sent_invitation,
        )
        from parvis.consultations.operations.team import forget_member
        from parvis.core.mailing.purposes import Purpose, refuse_mails_about
        from parvis.core.mailing.purposes import register as register_mail
        from parvis.core.public_version import watch
        from parvis.core.signals import person_erased
        from parvis.core.word_index import index_words

        watch(Consultation, turns=("embargo_until",))
        watch(ConsultationAddress, Contribution, GlossaryEntry, Phase, Theme)
        index_words(Contribution, "search_key")
        refuse_mails_about(refuse_mail_before_opening)
        register_mail(INVITATION, Purpose("Invitation", letter_of_invitation, note_sent_invitation, to_partners=True))
        register_mail(REMINDER, Purpose("Relance", letter_of_invitation, to_partners=True))
        register_mail(TRIAL, Purpose("Essai d'un courriel"))
        register_text(INVITATION_TEXT)
        register_text(REMINDER_TEXT)
        register_mail(AGENT_OPENING, Purpose("Accès ouvert par un agent"))

        merging.settle_with(Invitation, settle_invitations)
        merging.settle_with(Participant, settle_participants)
        merging.settle_with(Partner, settle_partners)
        person_erased.connect(forget_member, dispatch_uid="consultations.forget_member")
        person_erased.connect(forget_contact, dispatch_uid="consultations.forget_contact")
        outbox.register("note", own_contributions.write_notes, own_contributions.accept_late_note, invited_only=True)
        outbox.register("edit", own_contributions.edit_notes, own_contributions.accept_late_note)
        outbox.register("withdraw", own_contributions.withdraw_notes, own_contributions.accept_late_note)
