package io.costattr.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every console example of docs/report.md prints what the page shows. */
class DocsTest {
  private static final Path ROOT = Path.of(System.getProperty("costattr.test.root"));
  private static final Pattern EXAMPLE =
      Pattern.compile("```console\n\\$ report/report ([^\n]*)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  static Stream<Arguments> examples() throws IOException {
    List<Arguments> examples = new ArrayList<>();
    Matcher found = EXAMPLE.matcher(Files.readString(ROOT.resolve("docs/report.md")));
    while (found.find()) {
      examples.add(Arguments.of(found.group(1), found.group(2)));
    }
    assertThat(examples).isNotEmpty();
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void printsWhatThePageShows(String command, String shown) {
    List<String> arguments = new ArrayList<>();
    Matcher words = WORD.matcher(command);
    while (words.find()) {
      String word = words.group(1) != null ? words.group(1) : words.group(2);
      arguments.add(word.startsWith("docs/") ? ROOT.resolve(word).toString() : word);
    }

    Run run = Run.of(arguments.toArray(new String[0]));

    assertThat(run.err() + run.out()).isEqualTo(shown);
  }
}
