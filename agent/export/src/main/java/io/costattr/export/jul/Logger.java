package io.costattr.export.jul;

import io.costattr.core.Log;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@code java.util.logging.Logger} in the libraries inside the agent: the methods
 * that they call, and no more. What they say is for developers of the agent: it goes to {@link Log}
 * at debug. Thread-safe.
 */
public final class Logger {
  private final String name;

  private Logger(String name) {
    this.name = name;
  }

  public static Logger getLogger(@Nullable String name) {
    return new Logger(name == null ? "" : name);
  }

  public String getName() {
    return name;
  }

  public boolean isLoggable(Level level) {
    return Log.isDebug() && level.intValue() >= Level.FINE.intValue();
  }

  public void severe(String message) {
    log(Level.SEVERE, message);
  }

  public void warning(String message) {
    log(Level.WARNING, message);
  }

  public void info(String message) {
    log(Level.INFO, message);
  }

  public void config(String message) {
    log(Level.CONFIG, message);
  }

  public void fine(String message) {
    log(Level.FINE, message);
  }

  public void finer(String message) {
    log(Level.FINER, message);
  }

  public void finest(String message) {
    log(Level.FINEST, message);
  }

  public void log(Level level, String message) {
    if (isLoggable(level)) {
      Log.debug(name + ": " + message);
    }
  }

  public void log(Level level, String message, @Nullable Object parameter) {
    if (isLoggable(level)) {
      log(level, message + " [" + parameter + "]");
    }
  }

  public void log(Level level, String message, @Nullable Object @Nullable [] parameters) {
    if (isLoggable(level)) {
      log(level, message + " " + Arrays.toString(parameters));
    }
  }

  public void log(Level level, String message, @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      log(level, message + " (" + thrown + ")");
    }
  }

  public void log(Level level, Supplier<String> message) {
    if (isLoggable(level)) {
      log(level, message.get());
    }
  }

  public void log(LogRecord said) {
    log(said.getLevel(), said.getMessage(), said.getThrown());
  }
}
