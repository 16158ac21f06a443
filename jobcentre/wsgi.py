import os

from django.core.wsgi import get_wsgi_application

from jobcentre.loading import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobcentre.settings")

application = get_wsgi_application()
settle()
