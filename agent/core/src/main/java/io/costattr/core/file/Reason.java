package io.costattr.core.file;

import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be written, in words for a user. */
public final class Reason {
  private Reason() {}

  /** In a few words. */
  public static String of(Throwable fault) {
    if (fault instanceof AccessDeniedException denied) {
      return "permission denied for " + denied.getFile();
    }
    if (fault instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is not a directory";
    }
    if (fault instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (fault instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    if (fault instanceof ClosedChannelException) {
      return "it was closed";
    }
    return fault.getMessage() == null ? fault.toString() : fault.getMessage();
  }
}
