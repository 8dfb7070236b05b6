package io.costattr.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library in a version that the agent does not know. */
class ShapeTest {
  @TempDir Path directory;

  @Test
  void aClassOfAnotherShapeIsLeftAloneAndNamedOnce() throws Exception {
    Path sources = directory.resolve("src");
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Path fake = sources.resolve("okhttp3/internal/http/BridgeInterceptor.java");
    Files.createDirectories(fake.getParent());
    Files.writeString(
        fake,
        "package okhttp3.internal.http;"
            + " public class BridgeInterceptor { public String intercept() { return \"own\"; } }");
    Path program = sources.resolve("Program.java");
    Files.writeString(
        program,
        "public class Program { public static void main(String[] a) {"
            + " System.out.println(new okhttp3.internal.http.BridgeInterceptor().intercept()); } }");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), fake.toString(), program.toString());
    assertThat(compiled).isZero();

    Result result =
        AgentJvm.of(directory, "Program")
            .withAgent()
            .classPath(String.join(File.pathSeparator, List.of(classes.toString())))
            .run();
    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualToIgnoringNewLines("own");
    assertThat(result.errorLines())
        .singleElement()
        .asString()
        .contains("OkHttp")
        .contains("okhttp3.internal.http.BridgeInterceptor")
        .contains("not observed");
  }
}
