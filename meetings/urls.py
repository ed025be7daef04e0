"""URLs of meetings, their documents, and series."""

from django.urls import path

from engagement.accounts.calendars import PrivateCalendar
from engagement.core.exports import ExportView

from . import agenda_views, document_views, version_views, views
from .agenda_mail_views import send_agenda
from .exports import MeetingsExport, SeriesExport
from .ledger_exports import LedgerExportView, OrganizationLedgerExport, RegisterLedgerExport, TopicLedgerExport
from .lists import MeetingList, SeriesList
from .publication_views import decide_change, proposed_file, publication_of

app_name = "meetings"
urlpatterns = [
    path("meetings/", MeetingList.as_view(), name="list"),
    path("meetings.<str:extension>", ExportView.as_view(export=MeetingsExport), name="export"),
    path("calendar/<str:token>/meetings.ics", PrivateCalendar.as_view(export=MeetingsExport), name="calendar"),
    path("withdrawn/", views.withdrawn_meetings, name="withdrawn"),
    path("meetings/<slug:slug>/", views.meeting_detail, name="detail"),
    path("meetings/<slug:slug>/documents/", document_views.holdings, name="holdings"),
    path("meetings/<slug:slug>/documents/request/", document_views.ask_for_documents, name="ask_for_documents"),
    path("meetings/<slug:slug>/documents/<int:pk>/", document_views.document, name="document"),
    path(
        "meetings/<slug:slug>/documents/<int:pk>/versions/<int:number>/",
        document_views.document_version,
        name="document_version",
    ),
    path(
        "meetings/<slug:slug>/documents/<int:pk>/versions/<int:number>/erase/",
        document_views.erase_version,
        name="erase_version",
    ),
    path("meetings/<slug:slug>/versions/", version_views.version_list, name="versions"),
    path("meetings/<slug:slug>/versions/compare/", version_views.compare_versions, name="compare_versions"),
    path("meetings/<slug:slug>/versions/<int:number>/", version_views.version_detail, name="version"),
    path("meetings/<slug:slug>/versions/<int:number>.json", version_views.version_json, name="version_json"),
    path("positions/", views.positions, name="positions"),
    path("positions.<str:extension>", LedgerExportView.as_view(export=RegisterLedgerExport), name="positions_export"),
    path("topics/<slug:slug>/positions/", views.topic_positions, name="topic_positions"),
    path(
        "topics/<slug:slug>/positions.<str:extension>",
        LedgerExportView.as_view(export=TopicLedgerExport),
        name="topic_positions_export",
    ),
    path("organizations/<slug:slug>/positions/", views.organization_positions, name="organization_positions"),
    path(
        "organizations/<slug:slug>/positions.<str:extension>",
        LedgerExportView.as_view(export=OrganizationLedgerExport),
        name="organization_positions_export",
    ),
    path("meetings/<slug:slug>/propose/", agenda_views.propose_item, name="propose_item"),
    path("meetings/<slug:slug>/proposals/<int:pk>/", agenda_views.answer_proposal, name="answer_proposal"),
    path("meetings/<slug:slug>/publication/", publication_of, name="publication"),
    path("meetings/<slug:slug>/publication/changes/<int:pk>/", decide_change, name="decide_change"),
    path("meetings/<slug:slug>/publication/changes/<int:pk>/files/<int:number>/", proposed_file, name="proposed_file"),
    path("meetings/<slug:slug>/send-agenda/", send_agenda, name="send_agenda"),
    path("series/", SeriesList.as_view(), name="series_list"),
    path("series.<str:extension>", ExportView.as_view(export=SeriesExport), name="series_export"),
    path("series/<slug:slug>/", views.series_detail, name="series_detail"),
    path("series/<slug:slug>/book/", views.series_book, name="series_book"),
]
