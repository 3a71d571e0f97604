"""Every page of the site and its address."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from tasks_ui.views import bulk, forms, health, hold, verbs
from tasks_ui.views.account import passwords
from tasks_ui.views.account.settings import keys, settings
from tasks_ui.views.account.sign_in import SignIn
from tasks_ui.views.decide import decide, task_preview
from tasks_ui.views.draft import draft, start_draft
from tasks_ui.views.files import own_file, request_file, task_file
from tasks_ui.views.home import home
from tasks_ui.views.inbox import inbox
from tasks_ui.views.news import count_news, list_news, task_news
from tasks_ui.views.next import next_in_list
from tasks_ui.views.override import override
from tasks_ui.views.people import people
from tasks_ui.views.receipt import decision_receipt
from tasks_ui.views.request import progress, request_page, withdraw
from tasks_ui.views.requests import requests
from tasks_ui.views.saved import change as change_view
from tasks_ui.views.saved import save as save_view
from tasks_ui.views.start import catalogue, start, start_preview
from tasks_ui.views.task import task

urlpatterns = [
    path("", home, name="home"),
    path("inbox/<view>/", inbox, name="inbox"),
    path("poll/inbox/<view>/", list_news, name="news"),
    path("poll/t/<uuid:task_id>/", task_news, name="task_news"),
    path("poll/counts/", count_news, name="count_news"),
    path("next/", next_in_list, name="next"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("bulk/<uuid:batch_id>/", bulk.bulk_result, name="bulk_result"),
    path("bulk/<uuid:batch_id>/undo/", bulk.bulk_undo, name="bulk_undo"),
    path("views/save/", save_view, name="save_view"),
    path("views/<slug:view_id>/", change_view, name="saved_view"),
    path("t/<uuid:task_id>/", task, name="task"),
    path("t/<uuid:task_id>/decide/", decide, name="decide"),
    path("t/<uuid:task_id>/form/", task_preview, name="task_preview"),
    path("t/<uuid:task_id>/draft/", draft, name="draft"),
    path("t/<uuid:task_id>/file/<uuid:file_id>/", task_file, name="task_file"),
    path("t/<uuid:task_id>/claim/", hold.claim, name="claim"),
    path("t/<uuid:task_id>/release/", hold.release, name="release"),
    path("t/<uuid:task_id>/undo/", hold.undo, name="undo"),
    path("t/<uuid:task_id>/hand-over/", verbs.hand_over, name="hand_over"),
    path("t/<uuid:task_id>/take-over/", verbs.take_over, name="take_over"),
    path("t/<uuid:task_id>/ask/", verbs.ask, name="ask"),
    path("t/<uuid:task_id>/answer/", verbs.answer, name="answer"),
    path("t/<uuid:task_id>/recall/", hold.recall, name="recall"),
    path("t/<uuid:task_id>/snooze/", verbs.snooze, name="snooze"),
    path("t/<uuid:task_id>/wake/", hold.wake, name="wake"),
    path("t/<uuid:task_id>/comment/", verbs.comment, name="comment"),
    path("t/<uuid:task_id>/noted/", hold.noted, name="noted"),
    path("t/<uuid:task_id>/override/", override, name="override"),
    path("t/<uuid:task_id>/people/", people, name="people"),
    path("t/<uuid:task_id>/receipt/", decision_receipt, name="receipt"),
    path("t/<uuid:task_id>/reopen/", verbs.reopen, name="reopen"),
    path("t/<uuid:task_id>/retry/", verbs.retry, name="retry"),
    path("start/", catalogue, name="catalogue"),
    path("start/<workflow>/", start, name="start"),
    path("start/<workflow>/draft/", start_draft, name="start_draft"),
    path("start/<workflow>/form/", start_preview, name="start_preview"),
    path("file/<uuid:file_id>/", own_file, name="own_file"),
    path("requests/", requests, name="requests"),
    path("r/<uuid:instance_id>/", request_page, name="request"),
    path("r/<uuid:instance_id>/file/<uuid:file_id>/", request_file, name="request_file"),
    path("r/<uuid:instance_id>/progress/", progress, name="progress"),
    path("r/<uuid:instance_id>/withdraw/", withdraw, name="withdraw"),
    path("forms/", forms.gallery, name="gallery"),
    path("forms/own/", forms.own_schema, name="own_form"),
    path("forms/own/form/", forms.own_preview, name="own_preview"),
    path("forms/<slug:name>/", forms.example, name="example_form"),
    path("forms/<slug:name>/form/", forms.example_preview, name="example_preview"),
    path("sign-in/", SignIn.as_view(), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("settings/", settings, name="settings"),
    path("settings/keys/", keys, name="keys"),
    path("settings/password/", passwords.PasswordChange.as_view(), name="password_change"),
    path("password/", passwords.PasswordReset.as_view(), name="password_reset"),
    path("password/sent/", passwords.PasswordResetSent.as_view(), name="password_reset_done"),
    path(
        "password/<uidb64>/<token>/",
        passwords.PasswordResetConfirm.as_view(),
        name="password_reset_confirm",
    ),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
