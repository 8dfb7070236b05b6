package io.costattr.core.budget;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.attribution.Sources;
import io.costattr.core.scan.JsonHandler;
import io.costattr.core.scan.JsonLines;
import io.costattr.core.scan.JsonShape;
import io.costattr.core.scan.SseJson;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an events file, and those it was rotated to, say of past calls. Of a call it is not
 * known with which key it was made, nor what an Azure deployment is of. Not thread-safe.
 */
final class EventsReader implements JsonHandler, SseJson.Listener {

  /**
   * A call that is over.
   *
   * @param call what it was; its time is when it began
   * @param end when it ended
   * @param spend what it used
   */
  record Past(Prospect call, Instant end, Spend spend) {}

  /** Takes calls, one after the other. */
  interface Taker {
    void take(Past past);
  }

  private static final String REQUEST = ".request";
  private static final String NOTHING_BILLED = "none";
  private static final int CHUNK = 1 << 16;
  private static final int TAG_NAME = 100;
  private static final int TAG_VALUE = 101;

  /** The fields of an event that are wanted; a field's name is the constant's in lower case. */
  private enum Field {
    EVENT,
    TIMESTAMP,
    LATENCY_MS,
    ENVIRONMENT,
    FEATURE,
    ROUTE,
    CUSTOMER_ID,
    TEAM,
    PROVIDER,
    ENDPOINT,
    MODEL,
    REQUEST_MODEL,
    SERVICE_TIER,
    PROMPT_TOKENS,
    COMPLETION_TOKENS,
    COST_USD,
    COST_BASIS,
    COST_AT_RISK_USD,
    BUDGET_COST_USD,
    HTTP_STATUS,
    CALL_SITE,
    SERVER_ADDRESS
  }

  private static final Field[] FIELDS = Field.values();
  private static final JsonShape SHAPE = shape();

  private final Taker taker;
  private final @Nullable String[] texts = new @Nullable String[FIELDS.length];
  private final Map<String, String> tags = new HashMap<>();
  private @Nullable String tag;

  private EventsReader(Taker taker) {
    this.taker = taker;
  }

  private static JsonShape shape() {
    JsonShape.Builder shape = JsonShape.builder();
    for (Field field : FIELDS) {
      shape.value(field.name().toLowerCase(Locale.ROOT), field.ordinal());
    }
    return shape.members("tags.*", TAG_NAME, TAG_VALUE).build();
  }

  /**
   * Reads all files that may have something since then, the oldest first.
   *
   * @param goesOn asked now and then
   */
  static void read(Path file, Instant since, Taker taker, BooleanSupplier goesOn)
      throws IOException {
    for (Path one : files(file, since)) {
      EventsReader reader = new EventsReader(taker);
      JsonLines lines = new JsonLines(SHAPE, reader, reader);
      byte[] bytes = new byte[CHUNK];
      try (InputStream in = Files.newInputStream(one)) {
        for (int n = in.read(bytes); n >= 0 && goesOn.getAsBoolean(); n = in.read(bytes)) {
          lines.accept(bytes, 0, n);
        }
      }
      lines.end();
    }
  }

  private static List<Path> files(Path file, Instant since) throws IOException {
    List<Path> found = new ArrayList<>();
    Path one = file;
    for (int number = 1; Files.isRegularFile(one); number++) {
      if (Files.getLastModifiedTime(one).toInstant().isBefore(since)) {
        break;
      }
      found.add(0, one);
      one = file.resolveSibling(file.getFileName() + "." + number);
    }
    return found;
  }

  @Override
  public void number(int field, long value) {
    string(field, Long.toString(value));
  }

  @Override
  public void decimal(int field, String token) {
    string(field, token);
  }

  @Override
  public void string(int field, String value) {
    if (field < FIELDS.length) {
      texts[field] = value;
    } else if (field == TAG_VALUE && tag != null) {
      tags.put(tag, value);
    }
  }

  @Override
  public void key(int field, String name) {
    tag = name;
  }

  @Override
  public void eventStart(@Nullable String name) {
    Arrays.fill(texts, null);
    tags.clear();
    tag = null;
  }

  @Override
  public void eventEnd(boolean malformed) {
    if (malformed || !text(Field.EVENT, "").endsWith(REQUEST)) {
      return;
    }
    try {
      Instant start = Instant.parse(text(Field.TIMESTAMP, ""));
      Instant end = start.plusMillis(number(Field.LATENCY_MS));
      taker.take(new Past(call(start), end, spend()));
    } catch (DateTimeException | NumberFormatException | ArithmeticException noEvent) {
      // A line of something else.
      return;
    }
  }

  @Override
  public void eventCut(boolean oversize) {
    // The last line is still being written.
  }

  private Prospect call(Instant start) {
    String asked = texts[Field.REQUEST_MODEL.ordinal()];
    return new Prospect(
        new ResolvedAttribution(
            text(Field.FEATURE, ResolvedAttribution.UNATTRIBUTED),
            text(Field.ROUTE, ResolvedAttribution.UNATTRIBUTED),
            text(Field.CUSTOMER_ID, ResolvedAttribution.UNATTRIBUTED),
            text(Field.TEAM, ResolvedAttribution.UNATTRIBUTED),
            text(Field.ENVIRONMENT, ResolvedAttribution.UNATTRIBUTED),
            Map.copyOf(tags),
            Set.of(),
            Sources.NONE),
        text(Field.PROVIDER, ""),
        false,
        texts[Field.SERVER_ADDRESS.ordinal()],
        text(Field.ENDPOINT, ""),
        asked != null ? asked : texts[Field.MODEL.ordinal()],
        texts[Field.SERVICE_TIER.ordinal()],
        0,
        0,
        Prospect.UNLIMITED,
        null,
        texts[Field.CALL_SITE.ordinal()],
        null,
        0,
        start);
  }

  private Spend spend() {
    String status = texts[Field.HTTP_STATUS.ordinal()];
    boolean nothing = NOTHING_BILLED.equals(texts[Field.COST_BASIS.ordinal()]);
    boolean granted = status == null ? !nothing : number(Field.HTTP_STATUS) < 300;
    Long risk = pico(Field.COST_AT_RISK_USD);
    return new Spend(
        pico(Field.COST_USD),
        pico(Field.BUDGET_COST_USD),
        risk == null ? 0 : risk,
        number(Field.PROMPT_TOKENS),
        number(Field.COMPLETION_TOKENS),
        granted ? 1 : 0);
  }

  private String text(Field field, String otherwise) {
    String text = texts[field.ordinal()];
    return text == null ? otherwise : text;
  }

  private long number(Field field) {
    String text = texts[field.ordinal()];
    return text == null ? 0 : Math.max(0, new BigDecimal(text).longValue());
  }

  private @Nullable Long pico(Field field) {
    String text = texts[field.ordinal()];
    return text == null ? null : new BigDecimal(text).movePointRight(12).longValueExact();
  }
}
