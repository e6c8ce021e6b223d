"""Every address of Parvis: each surface brings its own list."""

from django.urls import include, path

urlpatterns = [
    path("gestion/composants/", include("parvis.web.components.urls")),
    path("gestion/connexion/", include("parvis.web.desk.sign_in.urls")),
    path("gestion/", include("parvis.web.desk.urls")),
    path("partenaires/", include("parvis.web.partners.urls")),
    path("atelier/", include("parvis.web.room.urls")),
    path("api/v1/", include("parvis.web.api.urls")),
    path("", include("parvis.web.public.urls")),
]

handler400 = "parvis.web.public.views.errors.bad_request"
handler404 = "parvis.web.public.views.errors.not_found"
handler403 = "parvis.web.public.views.errors.forbidden"
handler500 = "parvis.web.public.views.errors.server_error"
