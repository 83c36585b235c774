"""The user's verbs: each a thin function that hands a service to the jobs and says what happens then."""
