"""What can be done in a project beside labelling, one file for each kind of thing; `Project` hands them out."""
