"""What proves that the quality policy is carried out, as PDF and as a workbook."""
