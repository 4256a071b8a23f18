"""In which language somebody wrote: Indonesian, its neighbours, mixtures of them; or unsure."""
