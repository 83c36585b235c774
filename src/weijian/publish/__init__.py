"""Papers and pages: order maps, documents, reports, web map."""
