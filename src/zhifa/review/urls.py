"""Addresses of legal review, from the root."""

from django.urls import path

from zhifa.review.views import lists, review, submit

app_name = "review"
urlpatterns = [
    path("desk/reviews/", lists.reviews, name="list"),
    path("desk/reviews/<uuid:review_id>/", review.detail, name="detail"),
    path("desk/cases/<uuid:case_id>/review/", submit.submit, name="submit"),
    path("desk/cases/<uuid:matter_id>/review/<str:step>/", submit.step, name="step"),
]
