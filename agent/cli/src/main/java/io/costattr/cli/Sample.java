package io.costattr.cli;

import static io.costattr.core.attribution.ResolvedAttribution.UNATTRIBUTED;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Dimension;
import io.costattr.core.attribution.Source;
import io.costattr.core.rules.Situation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call to try rules with: made up, or one of an events file. Of an event what rules have said is
 * left out, so that they may say it again, and its tags, of which nobody knows who said them, give
 * way to theirs; there is nothing known of its request but its route.
 */
final class Sample implements Situation {
  private static final String HEADERS = "headers";
  private static final String CLAIMS = "claims";
  private static final String SOURCES = "attribution_source";
  private static final Set<String> KNOWN =
      Set.of(
          HEADERS,
          CLAIMS,
          SOURCES,
          "mdc",
          "path",
          "method",
          "principal",
          "caller",
          "job",
          "tags",
          "feature",
          "route",
          "customer_id",
          "team",
          "environment",
          "call_site");

  private final JsonObject json;
  private Attribution stronger = Attribution.NONE;
  private Attribution weaker = Attribution.NONE;

  private Sample(JsonObject json) {
    this.json = json;
    for (Dimension dimension : Dimension.values()) {
      String value = json.text(dimension.id());
      Source source = source(dimension);
      if (value == null || value.equals(UNATTRIBUTED) || source == Source.RULE) {
        continue;
      }
      Attribution said = said(dimension, value).from(source);
      if (source.compareTo(Source.RULE) < 0) {
        stronger = stronger.overlaid(said);
      } else {
        weaker = weaker.overlaid(said);
      }
    }
    Attribution tags = new Attribution(null, null, null, null, null, null, json.texts("tags"));
    if (isEvent()) {
      weaker = weaker.overlaid(tags);
    } else {
      stronger = stronger.overlaid(tags);
    }
  }

  private boolean isEvent() {
    return json.text("event") != null;
  }

  /**
   * What is written: a JSON object, or the name of a file with one in it.
   *
   * @throws Refusal when it is none
   */
  static Sample of(String written) throws Refusal {
    String text = written.strip().startsWith("{") ? written : read(written);
    JsonObject json = JsonObject.parse(text);
    if (json == null) {
      throw new Refusal("the sample is no JSON object: " + Terminal.safe(beginning(text)));
    }
    Sample sample = new Sample(json);
    if (!sample.isEvent()) {
      for (String name : json.names()) {
        if (!KNOWN.contains(name)) {
          throw new Refusal(
              "the sample has \""
                  + Terminal.safe(name)
                  + "\"; known are "
                  + String.join(", ", KNOWN.stream().sorted().toList()));
        }
      }
    }
    return sample;
  }

  /** All of a file when that is one object, else its first line: that of an event. */
  private static String read(String name) throws Refusal {
    StringBuilder all = new StringBuilder();
    try (BufferedReader lines = EventFiles.open(Path.of(name))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonObject event = all.isEmpty() ? JsonObject.parse(line) : null;
        if (event != null && event.text("event_id") != null) {
          return line;
        }
        all.append(line).append('\n');
      }
    } catch (IOException | InvalidPathException e) {
      throw new Refusal("cannot read the sample " + Terminal.safe(name) + ": " + e);
    }
    return all.toString();
  }

  private static String beginning(String text) {
    int most = 60;
    String line = text.strip();
    return line.length() <= most ? line : line.substring(0, most) + "...";
  }

  /** Who said it; when that is not written, who would most likely have. */
  private Source source(Dimension dimension) {
    String written = json.texts(SOURCES).get(dimension.id());
    for (Source source : Source.values()) {
      if (source.id().equals(written)) {
        return source;
      }
    }
    return switch (dimension) {
      case ROUTE -> Source.ROUTE;
      case ENVIRONMENT -> Source.DEFAULT;
      default -> Source.API;
    };
  }

  private static Attribution said(Dimension dimension, String value) {
    return new Attribution(
        dimension == Dimension.FEATURE ? value : null,
        dimension == Dimension.ROUTE ? value : null,
        dimension == Dimension.CUSTOMER_ID ? value : null,
        dimension == Dimension.TEAM ? value : null,
        dimension == Dimension.ENVIRONMENT ? value : null,
        null,
        Map.of());
  }

  /** What wins over rules. */
  Attribution stronger() {
    return stronger;
  }

  /** Over what rules win. */
  Attribution weaker() {
    return weaker;
  }

  @Override
  public List<String> headers(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return json.texts(HEADERS).entrySet().stream()
        .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(wanted))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public @Nullable String path() {
    return json.text("path");
  }

  @Override
  public @Nullable String method() {
    return json.text("method");
  }

  @Override
  public @Nullable Object claim(String name) {
    return json.below(CLAIMS, name);
  }

  @Override
  public @Nullable String principal() {
    return json.text("principal");
  }

  @Override
  public @Nullable String mdc(String key) {
    return json.texts("mdc").get(key);
  }

  /** Of an event, the place that it was called from. */
  @Override
  public @Nullable String caller() {
    String caller = json.text("caller");
    String site = json.text("call_site");
    return caller != null || site == null ? caller : site.replaceFirst(":-?\\d+$", "");
  }

  @Override
  public @Nullable String job() {
    return json.text("job");
  }
}
