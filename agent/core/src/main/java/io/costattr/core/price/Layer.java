package io.costattr.core.price;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One file of a book: the rows of each of its models, and the models' other names. Immutable.
 *
 * @param models each model once
 * @param aliases the first of a name counts
 */
record Layer(Collection<Model> models, List<Alias> aliases) {

  /** Another name of a model. */
  record Alias(String provider, String name, String model) {}

  /** The rows of one model, which may be read only when they are asked for. */
  interface Model {
    String provider();

    String name();

    /** In the order in which they win, see {@link #WINNING_FIRST}. */
    List<PriceRow> rows();
  }

  /**
   * Rows of certain hours before those of all hours, then the latest before the older. A class, not
   * a lambda: this runs while the application starts.
   */
  static final Comparator<PriceRow> WINNING_FIRST =
      new Comparator<>() {
        @Override
        public int compare(PriceRow a, PriceRow b) {
          if ((a.hours() == null) != (b.hours() == null)) {
            return a.hours() != null ? -1 : 1;
          }
          return b.effectiveFrom().compareTo(a.effectiveFrom());
        }
      };

  /** A layer of rows that are all there. */
  static Layer of(List<PriceRow> rows, List<Alias> aliases) {
    Map<String, Model> models = new LinkedHashMap<>();
    for (PriceRow row : rows) {
      String key = row.provider() + '/' + row.model();
      Model model = models.get(key);
      if (model == null) {
        model = new Ready(row.provider(), row.model(), new ArrayList<>());
        models.put(key, model);
      }
      model.rows().add(row);
    }
    for (Model model : models.values()) {
      model.rows().sort(WINNING_FIRST);
    }
    return new Layer(models.values(), aliases);
  }

  private record Ready(String provider, String name, List<PriceRow> rows) implements Model {}
}
