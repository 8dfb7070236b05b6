package io.costattr.core.dialect;

import org.jspecify.annotations.Nullable;

/** The words in which OpenAI says how far work has come that it does behind a call. */
final class OpenAiJobs {
  private OpenAiJobs() {}

  /** Whether the answer will come later, by another call. */
  static boolean isUnfinished(Reading response) {
    String status = response.string(Field.STATUS);
    return "queued".equals(status) || "in_progress".equals(status);
  }

  /** Whether nothing more will come of it. */
  static boolean isSettled(Reading response) {
    String status = response.string(Field.STATUS);
    return status != null
        && switch (status) {
          case "completed", "incomplete", "failed", "cancelled" -> true;
          default -> false;
        };
  }

  /** The error of work that has failed, or null. */
  static @Nullable String errorCode(Reading response) {
    String code = response.errorCode();
    if (code != null
        || !("error".equals(response.string(Field.EVENT_TYPE))
            || "failed".equals(response.string(Field.STATUS)))) {
      return code;
    }
    code = response.string(Field.ERROR_CODE);
    return code != null ? code : "error";
  }
}
