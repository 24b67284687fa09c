"""A page of one ally's gap; run it with `streamlit run streamlit_app.py`."""

from __future__ import annotations

import streamlit as st

import natoburden as nb

TABLE = nb.datasets.defence_expenditure("2026-07")

year = st.selectbox("Year", sorted(TABLE.years, reverse=True))
ally = st.selectbox("Ally", [country.name for country in nb.Group.find("NATO").members(year)])
try:
    result = nb.targets.gap(TABLE, ally, year, nb.HAGUE_CORE, opposite_signs_ok=True)
except nb.errors.NoObservationError as error:  # Iceland has no armed forces and no figure
    st.warning(str(error))
else:
    st.metric("Gap to 3.5 % of GDP", str(result.amount), str(result.points), delta_color="inverse")
    st.text(result.explain())
everyone = nb.targets.compliance(TABLE, year, nb.HAGUE_CORE)
st.dataframe(everyone.to_frame("pandas"))
st.pyplot(nb.charts.ranked(everyone).figure)
