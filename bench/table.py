"""A table for a terminal: the first column to the left, the others to the right."""


def print_table(heading, rows):
    widths = [max(len(row[column]) for row in [heading] + rows) for column in range(len(heading))]
    for index, row in enumerate([heading] + rows):
        cells = [cell.ljust(width) if column == 0 else cell.rjust(width)
                 for column, (cell, width) in enumerate(zip(row, widths))]
        print("  " + "  ".join(cells).rstrip())
        if index == 0:
            print("  " + "  ".join("-" * width for width in widths))
