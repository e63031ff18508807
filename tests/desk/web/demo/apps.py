from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "desk.web.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
