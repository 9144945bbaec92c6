"""The timeline panel: the plan over time, with the date cursor that changes the map."""
