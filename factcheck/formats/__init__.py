"""How days and hours are written at the desk. Digits stay 0–9 in Arabic too, as in newsrooms of the
Maghreb and the Sahel, and because dates and figures are compared with sources printed so.
"""
