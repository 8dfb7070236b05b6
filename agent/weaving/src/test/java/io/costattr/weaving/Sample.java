package io.costattr.weaving;

/** What is woven: a little of everything that a compiler makes frames and variables of. */
public class Sample {
  private final String name;

  public Sample(boolean loud) {
    this(loud, loud ? "loud" : "quiet");
  }

  public Sample(boolean loud, String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  @SuppressWarnings("ParameterReassignment")
  public double mixed(long number, double factor, Object o) {
    double sum = 0;
    for (long i = 0; i < number; i++) {
      double each = i * factor;
      sum += each;
    }
    number = -1;
    factor = -1;
    try {
      return o.toString().length() + sum;
    } catch (IllegalStateException e) {
      o = null;
      return -1;
    } finally {
      sum = 0;
    }
  }

  public String text(String first, String second) {
    return second.isEmpty() ? first : second;
  }

  public boolean isLongerThan(StringBuilder other) {
    return name.length() > other.length();
  }

  public void appendTo(StringBuilder to) {
    if (to.length() > 0) {
      to.append(' ');
    }
    to.append(name);
  }

  public static synchronized int branches(int n) {
    if (n > 3) {
      return n;
    }
    int[] cells = new int[n];
    cells[0] = n;
    return cells[0];
  }
}
