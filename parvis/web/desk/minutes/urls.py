"""Addresses of the minutes, under /gestion/ and in the names of the desk."""

from django.urls import path

from parvis.web.desk.minutes import checking_views, import_views, page_views, photo_views, publish_views, review_views

urlpatterns = [
    path("rencontres/<str:code>/importer/", import_views.import_report, name="import_report"),
    path("rencontres/<str:code>/compte-rendu/", import_views.of_meeting, name="minutes_of_meeting"),
    path("rencontres/<str:code>/compte-rendu/commencer/", import_views.start, name="start_minutes"),
    path("comptes-rendus/<str:code>/", page_views.page, name="minutes"),
    path("comptes-rendus/<str:code>/titre/", page_views.rename, name="rename_minutes"),
    path("comptes-rendus/<str:code>/rencontres/", page_views.cover, name="cover_meetings"),
    path("comptes-rendus/<str:code>/envoyer/", page_views.submit, name="submit_minutes"),
    path("comptes-rendus/<str:code>/etape/", page_views.step, name="pass_step"),
    path("comptes-rendus/<str:code>/participants/", checking_views.checking, name="checking"),
    path("comptes-rendus/<str:code>/participants/terminer/", checking_views.end, name="end_checking"),
    path("comptes-rendus/<str:code>/participants/<str:comment>/", checking_views.answer, name="answer_comment"),
    path("comptes-rendus/<str:code>/photographies/<str:photo>/", photo_views.photo, name="minutes_photo"),
    path("comptes-rendus/<str:code>/rouvrir/", page_views.reopen, name="reopen_minutes"),
    path("comptes-rendus/<str:code>/apercu/", publish_views.preview, name="preview_minutes"),
    path("comptes-rendus/<str:code>/publier/", publish_views.publish, name="publish_minutes"),
    path(
        "comptes-rendus/<str:code>/lectures/<str:report>/retirer/", page_views.drop_waiting, name="drop_waiting_report"
    ),
    path("comptes-rendus/<str:code>/relecture/", review_views.page, name="review"),
    path("comptes-rendus/<str:code>/relecture/geste/", review_views.gesture, name="review_gesture"),
    path("comptes-rendus/<str:code>/relecture/ajouter/", review_views.add, name="review_add"),
    path("comptes-rendus/<str:code>/relecture/<str:line>/", review_views.line, name="review_line"),
]
