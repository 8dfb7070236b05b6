package io.costattr.it.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.costattr.it.AgentJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@code docs/known-mistakes.md} names as proof is there. */
class KnownMistakesTest {
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\|.*\\| ([^|]*) \\|");
  private static final Pattern PROOF =
      Pattern.compile("`(?:accuracy/([a-z0-9/-]+)|(\\w+)\\.(\\w+))`");

  @Test
  void thereAreTwentySeven() throws IOException {
    assertThat(rows().map(row -> Integer.valueOf(row.group(1))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 27).boxed().toList());
  }

  @TestFactory
  Stream<DynamicTest> eachIsProvedByTestsThatExist() throws IOException {
    Map<String, Path> tests = tests();
    return rows()
        .map(
            row ->
                dynamicTest(
                    row.group(1), () -> assertThat(missing(row.group(2), tests)).isEmpty()));
  }

  private static List<String> missing(String proofs, Map<String, Path> tests) throws IOException {
    List<String> missing = new ArrayList<>();
    Matcher proof = PROOF.matcher(proofs);
    int found = 0;
    while (proof.find()) {
      found++;
      Path test = proof.group(2) == null ? null : tests.get(proof.group(2));
      boolean exists =
          proof.group(1) == null
              ? test != null && Files.readString(test).contains(" " + proof.group(3) + "(")
              : Files.exists(
                  AgentJvm.root()
                      .resolve("integration-tests/src/test/resources/accuracy")
                      .resolve(proof.group(1) + ".json"));
      if (!exists) {
        missing.add(proof.group());
      }
    }
    assertThat(found).as(proofs).isPositive().isEqualTo(proofs.split(" ").length);
    return missing;
  }

  private static Stream<Matcher> rows() throws IOException {
    return Files.readAllLines(AgentJvm.root().resolve("docs/known-mistakes.md")).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches);
  }

  private static Map<String, Path> tests() throws IOException {
    Map<String, Path> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(AgentJvm.root())) {
      files
          .filter(file -> file.toString().contains("src/test/java"))
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file -> tests.put(file.getFileName().toString().replaceFirst(".java$", ""), file));
    }
    return tests;
  }
}
