"""The same questionnaire in other frameworks, written as their documentation suggests."""
