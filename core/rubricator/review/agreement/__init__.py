"""How far annotators agree: measures as published, with intervals, as one value to show, print and write.

A figure that is undefined (nothing was coded, one coder, no variation) is None everywhere, and is shown as “n/a”.
`distances`, `alpha`, `kappas` code whole units; `unitizing`, `spans`, `tokens` compare spans; `bootstrap` tells how
sure a figure is; `sheets` are what is given to `gathering`, and `report` is what comes of it; `sampling` draws what is
annotated a second time.
"""
