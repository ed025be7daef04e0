"""Upload form: a file and the layout it is read by."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from engagement.core.types import Actor
from engagement.imports.layouts.guess import guess_all
from engagement.imports.layouts.guessed import Guess
from engagement.imports.models import Import, Layout
from engagement.imports.models.layouts import spec_of
from engagement.imports.planning.host_guess import propose_host
from engagement.imports.sources.bundle import bundle, open_files
from engagement.imports.sources.errors import Unreadable
from engagement.imports.sources.limits import Limits

MOST_MB = Limits().size // (1024 * 1024)


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; several become one archive."""

    def clean(self, data: object, initial: object = None) -> UploadedFile:
        sent = data if isinstance(data, list) else [data]
        files: list[UploadedFile] = [super(FilesField, self).clean(one, initial) for one in sent] or [
            super().clean(None, initial)
        ]
        if len(files) == 1:
            return files[0]
        archive, number = bundle(files)
        first = sorted(str(file.name) for file in files)[0]
        name = f"{Path(first).stem[:120]} +{number - 1}.zip"
        return UploadedFile(archive, name, "application/zip", sum(file.size or 0 for file in files))


class UploadForm(forms.Form):
    """Upload form of files and their layout; unreadable files are refused here."""

    file = FilesField(
        label=_("Files"),
        help_text=_(
            "CSV, XLSX, XLS, ODS or JSON, at most %(most)d MB. Choose several files of one kind, or a zip archive, to "
            "import them together. Nothing is imported before you have seen every row."
        )
        % {"most": MOST_MB},
        widget=FilesInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods,.json,.zip"}),
        error_messages={"required": _("Choose a file.")},
    )
    layout = forms.ChoiceField(
        label=_("Layout"),
        required=False,
        help_text=_("A layout says what the columns mean. For a new kind of file, choose the guess."),
    )

    def __init__(self, *args: Any, layouts: Iterable[Layout], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layouts = {str(layout.pk): layout for layout in layouts}
        self.notes: list[str] = []
        self.guess: Guess | None = None
        choices = [(pk, str(layout)) for pk, layout in self.layouts.items()]
        choice = self.fields["layout"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("New layout, guessed from the file")), *choices]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > Limits().size:
            sentence = _("The file is larger than %(most)d MB. Split it into several files.")
            raise ValidationError(sentence % {"most": MOST_MB}, code="large")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self._try_reading(cleaned["file"], self.layouts.get(cleaned.get("layout", "")))
            except Unreadable as error:
                self.add_error("file", error.sentence)
            except ValidationError:
                self.add_error("layout", _("This layout is not finished; finish it first, or choose another."))
        return cleaned

    def _try_reading(self, file: UploadedFile, layout: Layout | None) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            with path.open("wb") as copy:
                for chunk in file.chunks():
                    copy.write(chunk)
            name = file.name or "file"
            if layout is None:
                files = open_files(path, name)
                self.guess = guess_all(files.tables)
                propose_host(self.guess.data, files.tables)
            else:
                spec = spec_of(layout.spec, layout.noun)
                options = {key: getattr(spec, key) for key in ("sheet", "encoding", "delimiter", "header_row")}
                files = open_files(path, name, **options)
            self.notes = list(dict.fromkeys(note for table in files.tables for note in table.notes))

    def take_in(self, by: Actor) -> Import:
        """Keep the file; with a new layout where none was chosen."""
        file = self.cleaned_data["file"]
        layout = self.layouts.get(self.cleaned_data["layout"]) or self._draft(file.name, by)
        return Import.objects.take_in(file, layout=layout, by=by)

    def _draft(self, file_name: str, by: Actor) -> Layout:
        assert self.guess is not None
        base = (Path(file_name).stem or "file")[:100]
        taken = set(Layout.objects.filter(name__startswith=base).values_list("name", flat=True))
        name = next(
            name for n in range(1, len(taken) + 2) if (name := base if n == 1 else f"{base} ({n})") not in taken
        )
        layout = Layout(name=name, noun=self.guess.data["noun"], spec=self.guess.data, made_by=by)
        layout.save()
        return layout
