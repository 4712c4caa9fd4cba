"""The same questionnaire as other frameworks' documentation would have it written."""
