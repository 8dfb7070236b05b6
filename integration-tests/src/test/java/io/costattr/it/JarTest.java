package io.costattr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

/** What is in the agent's jar, and what is not. */
class JarTest {
  private static final long MAX_BYTES = 14L * 1024 * 1024;
  private static final int JAVA_8 = 52;

  /** The class's name as a constant of its own: one byte of tag, two of length. */
  private static final String LOGGER_CONSTANT = "\u0001\u0000\u0018java/util/logging/Logger";

  @Test
  void itIsSmall() throws IOException {
    assertThat(Files.size(AgentJvm.agentJar())).isLessThanOrEqualTo(MAX_BYTES);
  }

  @Test
  void outsideItsOwnFolderThereIsNothingButTheEntry() throws IOException {
    try (JarFile jar = new JarFile(AgentJvm.agentJar().toFile())) {
      assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName))
          .allMatch(
              name ->
                  name.startsWith("costattr/")
                      || name.startsWith("io/costattr/premain/")
                      || name.startsWith("META-INF/"));
      assertThat(jar.stream().map(JarEntry::getName).filter(name -> name.startsWith("costattr/")))
          .noneMatch(name -> name.endsWith(".class"));
    }
  }

  @Test
  void theEntryIsJava8ByteCode() throws IOException {
    try (JarFile jar = new JarFile(AgentJvm.agentJar().toFile())) {
      for (String name : List.of("Premain", "Main", "JavaGate", "Handover")) {
        try (InputStream in =
                jar.getInputStream(jar.getJarEntry("io/costattr/premain/" + name + ".class"));
            DataInputStream data = new DataInputStream(in)) {
          data.readInt();
          data.readUnsignedShort();
          assertThat(data.readUnsignedShort()).as(name).isEqualTo(JAVA_8);
        }
      }
      Manifest manifest = jar.getManifest();
      assertThat(manifest.getMainAttributes().getValue("Premain-Class"))
          .isEqualTo("io.costattr.premain.Premain");
      assertThat(manifest.getMainAttributes().getValue("Can-Retransform-Classes"))
          .isEqualTo("true");
    }
  }

  @Test
  void nothingInItTouchesTheLoggersOfTheApplication() throws IOException {
    List<String> touching = new ArrayList<>();
    try (JarFile jar = new JarFile(AgentJvm.agentJar().toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (entry.getName().endsWith(".classdata")) {
          try (InputStream in = jar.getInputStream(entry)) {
            String constants = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            if (constants.contains(LOGGER_CONSTANT)) {
              touching.add(entry.getName());
            }
          }
        }
      }
    }
    assertThat(touching).isEmpty();
  }

  @Test
  void theApiHasNoDependency() throws IOException {
    String pom = Files.readString(AgentJvm.root().resolve("agent-api/pom.xml"));
    assertThat(pom.lines().filter(line -> line.contains("<dependency>")))
        .allMatch(line -> line.contains("<scope>test<") || line.contains("<scope>provided<"));
  }
}
