package io.costattr.core.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A situation of which only that is known. */
class MadeUp implements Situation {
  final Map<String, List<String>> headers = new HashMap<>();
  final Map<String, Object> claims = new HashMap<>();
  final Map<String, String> mdc = new HashMap<>();
  @Nullable String path;
  @Nullable String method;
  @Nullable String principal;
  @Nullable String caller;
  @Nullable String job;
  int asked;

  MadeUp header(String name, String... values) {
    headers.put(name, List.of(values));
    return this;
  }

  MadeUp claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  @Override
  public List<String> headers(String name) {
    asked++;
    return headers.getOrDefault(name, List.of());
  }

  @Override
  public @Nullable String path() {
    return path;
  }

  @Override
  public @Nullable String method() {
    return method;
  }

  @Override
  public @Nullable Object claim(String name) {
    return claims.get(name);
  }

  @Override
  public @Nullable String principal() {
    return principal;
  }

  @Override
  public @Nullable String mdc(String key) {
    return mdc.get(key);
  }

  @Override
  public @Nullable String caller() {
    asked++;
    return caller;
  }

  @Override
  public @Nullable String job() {
    return job;
  }
}
