"""Static files under names that say their content, scripts that bring each other included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Old pages keep old files, new pages get new ones; nothing has to be asked for twice."""

    support_js_module_import_aggregation = True
