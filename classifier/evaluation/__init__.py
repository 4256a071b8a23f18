"""One report on how well a model judges: figures with intervals, plots, floors, the model card."""
