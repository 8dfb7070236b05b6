package io.costattr.advice.okhttp;

/** The library's name and version, asked of it once. */
public final class OkHttpVersion {
  /** For example {@code okhttp 4.12.0}. */
  public static final String CLIENT = client();

  private OkHttpVersion() {}

  private static String client() {
    // 4.0 and later say it in a class of the API, 3.x in one of its internals.
    String version = read("okhttp3.OkHttp", "VERSION");
    if (version == null) {
      String userAgent = userAgent();
      return userAgent == null ? "okhttp" : userAgent.replace('/', ' ');
    }
    return "okhttp " + version;
  }

  private static @org.jspecify.annotations.Nullable String read(String type, String field) {
    try {
      return (String) Class.forName(type).getField(field).get(null);
    } catch (ReflectiveOperationException | LinkageError absent) {
      return null;
    }
  }

  private static @org.jspecify.annotations.Nullable String userAgent() {
    try {
      return (String) Class.forName("okhttp3.internal.Version").getMethod("userAgent").invoke(null);
    } catch (ReflectiveOperationException | LinkageError absent) {
      return read("okhttp3.internal.Version", "userAgent");
    }
  }
}
