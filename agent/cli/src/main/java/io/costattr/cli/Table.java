package io.costattr.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Cells in columns as wide as they need to be; the first line heads them. */
final class Table {
  private final boolean[] right;
  private final List<String[]> lines = new ArrayList<>();

  /**
   * @param headings one for each column; one that begins with {@code >} is of numbers, set right
   */
  Table(String... headings) {
    right = new boolean[headings.length];
    String[] names = new String[headings.length];
    for (int i = 0; i < headings.length; i++) {
      right[i] = headings[i].startsWith(">");
      names[i] = right[i] ? headings[i].substring(1) : headings[i];
    }
    lines.add(names);
  }

  void add(String... cells) {
    lines.add(cells);
  }

  boolean isEmpty() {
    return lines.size() == 1;
  }

  void print(PrintWriter out) {
    int[] widths = new int[right.length];
    for (String[] cells : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cells[i].length());
      }
    }
    for (String[] cells : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - cells[i].length());
        text.append(i == 0 ? "" : "  ").append(right[i] ? pad + cells[i] : cells[i] + pad);
      }
      out.println(text.toString().stripTrailing());
    }
  }
}
