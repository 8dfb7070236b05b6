package io.costattr.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event, read from one line. Reused from line to line. Fields that the report does not need are
 * passed over. Not thread-safe.
 */
final class EventLine {
  /** The line is no event that can be counted; the message says why and quotes no value. */
  static final class Bad extends Exception {
    private static final long serialVersionUID = 1L;

    Bad(String message) {
      super(message, null, false, false);
    }
  }

  /** Exact in DECIMAL(18,12), the type in which costs are stored. */
  private static final BigDecimal TOO_DEAR = BigDecimal.valueOf(1_000_000);

  private static final JsonFactory JSON = JsonFactory.builder().build();

  @Nullable String event;
  @Nullable String eventId;
  @Nullable Instant timestamp;
  final @Nullable String[] texts = new String[Column.TEXTS.size()];
  final @Nullable Long[] numbers = new Long[Column.NUMBERS.size()];
  final @Nullable BigDecimal[] usd = new BigDecimal[Column.USD.size()];
  final Map<String, String> tags = new LinkedHashMap<>();

  /** Whether the event is a call; others are notices. */
  boolean isCall() {
    return event != null && event.endsWith(".request");
  }

  /**
   * Reads a line.
   *
   * @throws Bad when it is not a JSON object with an event, an id and an instant, or a value has a
   *     type that the field cannot have
   */
  void read(byte[] bytes, int length) throws Bad {
    clear();
    try (JsonParser json = JSON.createParser(bytes, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new Bad("not a JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        field(name, json);
      }
      if (json.nextToken() != null) {
        throw new Bad("more than one JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new Bad("not JSON");
    } catch (IOException | ArithmeticException e) {
      throw new Bad("not readable: " + e.getClass().getSimpleName());
    }
    if (event == null) {
      throw new Bad("no event");
    }
    if (eventId == null) {
      throw new Bad("no event_id");
    }
    if (timestamp == null) {
      throw new Bad("no timestamp");
    }
  }

  private void field(String name, JsonParser json) throws IOException, Bad {
    switch (name) {
      case "event" -> event = text(name, json);
      case "event_id" -> eventId = text(name, json);
      case "timestamp" -> timestamp = instant(text(name, json));
      case "tags" -> tags(json);
      default -> {
        Column column = Column.ofField(name);
        if (column == null) {
          json.skipChildren();
        } else {
          switch (column.type()) {
            case TEXT -> texts[column.index()] = text(name, json);
            case NUMBER -> numbers[column.index()] = number(name, json);
            case USD -> usd[column.index()] = usd(name, json);
          }
        }
      }
    }
  }

  private void tags(JsonParser json) throws IOException, Bad {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new Bad("tags is not an object");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      String value = text("tags", json);
      if (value != null) {
        tags.put(name, value);
      }
    }
  }

  private static @Nullable String text(String name, JsonParser json) throws IOException, Bad {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!json.currentToken().isScalarValue()) {
      throw new Bad(name + " is not a text");
    }
    return json.getText();
  }

  private static @Nullable Long number(String name, JsonParser json) throws IOException, Bad {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> {
        long number;
        try {
          number = json.getLongValue();
        } catch (InputCoercionException e) {
          throw new Bad(name + " is out of range");
        }
        if (number < 0) {
          throw new Bad(name + " is negative");
        }
        yield number;
      }
      default -> throw new Bad(name + " is not a whole number");
    };
  }

  private static @Nullable BigDecimal usd(String name, JsonParser json) throws IOException, Bad {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> usd(name, json.getDecimalValue());
      default -> throw new Bad(name + " is not a number");
    };
  }

  private static BigDecimal usd(String name, BigDecimal value) throws Bad {
    BigDecimal usd = value.stripTrailingZeros();
    if (usd.signum() < 0) {
      throw new Bad(name + " is negative");
    }
    // In this order: a number with a huge exponent is never written out.
    if (usd.compareTo(TOO_DEAR) >= 0) {
      throw new Bad(name + " is a million USD or more");
    }
    if (usd.scale() > 12) {
      throw new Bad(name + " has more than 12 decimals");
    }
    return usd.setScale(12);
  }

  private static @Nullable Instant instant(@Nullable String text) throws Bad {
    if (text == null) {
      return null;
    }
    try {
      return text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new Bad("timestamp is not RFC 3339");
    }
  }

  private void clear() {
    event = null;
    eventId = null;
    timestamp = null;
    Arrays.fill(texts, null);
    Arrays.fill(numbers, null);
    Arrays.fill(usd, null);
    tags.clear();
  }
}
