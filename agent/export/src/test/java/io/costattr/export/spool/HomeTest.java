package io.costattr.export.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a spool lies when nobody says. */
class HomeTest {
  @TempDir Path directory;

  @Test
  void withTheStateOfTheUserElseWithTemporaryFiles() {
    assertThat(Home.defaults(Map.of(), system(directory.toString())))
        .containsExactly(
            new Home(directory.resolve(".local/state/costattr/spool"), false),
            new Home(Path.of("/var/tmp/costattr-spool-some_one"), true));
  }

  @Test
  void whereTheEnvironmentSaysThatStateIs() {
    assertThat(
            Home.defaults(Map.of("XDG_STATE_HOME", "/state"), system(directory.toString())).get(0))
        .isEqualTo(new Home(Path.of("/state/costattr/spool"), false));
    assertThat(Home.defaults(Map.of("XDG_STATE_HOME", "not/absolute"), system("?"))).hasSize(1);
  }

  @Test
  void aUserWithoutAHomeHasOnlyTemporaryFiles() {
    List<Home> only = List.of(new Home(Path.of("/var/tmp/costattr-spool-some_one"), true));
    assertThat(Home.defaults(Map.of(), system("?"))).isEqualTo(only);
    assertThat(Home.defaults(Map.of(), system("/nonexistent"))).isEqualTo(only);
  }

  private static Properties system(String home) {
    Properties system = new Properties();
    system.setProperty("user.home", home);
    system.setProperty("user.name", "some one");
    system.setProperty("java.io.tmpdir", "/var/tmp");
    return system;
  }
}
