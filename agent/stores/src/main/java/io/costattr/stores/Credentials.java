package io.costattr.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who this JVM is to the server. A password in a file is read at each connection, so that it may
 * change.
 *
 * @param user or null
 * @param password or null
 * @param file that has the password, or null
 */
record Credentials(@Nullable String user, @Nullable String password, @Nullable Path file) {

  @Nullable String current() throws IOException {
    return file == null ? password : Files.readString(file).strip();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user == null ? "nobody" : user;
  }
}
