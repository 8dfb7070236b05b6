package io.costattr.stores;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.costattr.loopback.servers.Programs;

/** Without a program tests are skipped, but not in CI. */
final class Needs {
  private Needs() {}

  static void redis() {
    program("redis-server", "redis-server");
  }

  static void postgres() {
    program("initdb", "postgresql");
  }

  static void program(String name, String debianPackage) {
    if (Programs.find(name) == null) {
      String message = name + " is not installed (Debian package " + debianPackage + ")";
      if ("true".equals(System.getenv("CI"))) {
        fail(message);
      }
      abort(message);
    }
  }
}
