"""What the demonstration says: two meetings, their texts and their people, as data without behaviour.

Only what the public concept note of the second global meeting states is fact. Every organisation, person,
figure and quotation beside it is invented for the demonstration.
"""
