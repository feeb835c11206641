"""What the sign-in page reads."""

from django import forms


class SignInForm(forms.Form):
    """Name and password; what they are worth is judged elsewhere."""

    username = forms.CharField(
        label="登录名",
        max_length=64,
        error_messages={"required": "请填写登录名。", "max_length": "登录名不超过64个字。"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="密码",
        max_length=256,
        strip=False,
        error_messages={"required": "请填写密码。", "max_length": "密码过长。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
