package io.costattr.loopback;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@code multipart/form-data} body (RFC 7578) as the JSON object that it stands for. */
final class Form {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("[; ]filename=\"");

  private Form() {}

  /**
   * The fields by their names without brackets: of files a list of their sizes in bytes, of what
   * else looks like a number or a boolean that, and texts; null when the body is no form.
   */
  static @Nullable Map<String, @Nullable Object> parse(WireRequest request) {
    String type = request.header("content-type");
    Matcher boundary = BOUNDARY.matcher(type == null ? "" : type);
    if (type == null || !type.startsWith("multipart/form-data") || !boundary.find()) {
      return null;
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    String body = "\r\n" + new String(request.body(), StandardCharsets.ISO_8859_1);
    for (String part : body.split(Pattern.quote("\r\n--" + boundary.group(1)), -1)) {
      int head = part.indexOf("\r\n\r\n");
      Matcher name = NAME.matcher(head < 0 ? "" : part.substring(0, head));
      if (head >= 0 && name.find()) {
        field(
            fields,
            name.group(1).replace("[]", ""),
            part.substring(head + 4),
            FILE.matcher(part.substring(0, head)).find());
      }
    }
    return fields;
  }

  private static void field(
      Map<String, @Nullable Object> fields, String name, String content, boolean isFile) {
    if (isFile) {
      List<Object> sizes = new ArrayList<>();
      if (fields.get(name) instanceof List<?> before) {
        sizes.addAll(before);
      }
      sizes.add((long) content.length());
      fields.put(name, sizes);
    } else if (content.matches("true|false|-?\\d{1,9}")) {
      fields.put(name, Json.parse(content));
    } else {
      fields.put(
          name, new String(content.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }
  }
}
