"""Addresses of sign-in, to stand under /desk/."""

from django.urls import path

from zhifa.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
