"""Addresses of sign-in and of one's own account, to stand under /desk/."""

from django.urls import path

from zhifa.accounts.views import entering, federated, security

app_name = "accounts"
urlpatterns = [
    path("sign-in/", entering.sign_in, name="sign-in"),
    path("sign-in/second/", entering.second, name="second"),
    path("sign-in/oidc/", federated.begin, name="oidc"),
    path("sign-in/oidc/back/", federated.back, name="oidc-back"),
    path("sign-out/", entering.sign_out, name="sign-out"),
    path("security/", security.security, name="security"),
    path("security/prove/", security.prove_again, name="prove"),
    path("security/totp/", security.totp, name="totp"),
    path("security/passkey/", security.passkey, name="passkey"),
    path("security/password/", security.password, name="password"),
    path("security/codes/", security.codes, name="codes"),
    path("security/factors/<uuid:factor_id>/remove/", security.remove, name="factor-remove"),
]
