package io.costattr.core.batch;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.LineTags;
import io.costattr.core.dialect.PayerFields;
import org.jspecify.annotations.Nullable;

/** Who pays for one line after the other, as far as they say so. Not thread-safe. */
public final class LinePayer implements PayerFields.Taker {
  private final LineTags tags;
  private final LineTags.Said said;
  private boolean tooLong;

  LinePayer(LineTags tags) {
    this.tags = tags;
    this.said = tags.new Said();
  }

  @Override
  public void field(String name, String value) {
    said.field(name, value);
  }

  @Override
  public void tooLong(String name) {
    tooLong |= tags.wants(name);
  }

  /** What the line said, which is over; null when it said nothing. */
  public @Nullable Attribution take() {
    if (tooLong) {
      LinesNotKept.tooLong();
      tooLong = false;
    }
    return said.take();
  }

  /** What the line said does not count. */
  public void forget() {
    said.forget();
    tooLong = false;
  }
}
