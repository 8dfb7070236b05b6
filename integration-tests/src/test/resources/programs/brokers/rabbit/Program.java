import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;

/** A broker of AMQP 0-9-1, in this JVM and in memory: its call starts it, and says its port. */
public final class Program extends DefaultSystemLauncherListener
    implements Callable<String>, AutoCloseable {
  private static final String CONFIGURATION =
      """
      {
        "name": "broker",
        "modelVersion": "9.0",
        "authenticationproviders": [{
          "name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
          "users": [{"name": "guest", "type": "managed", "password": "guest"}]
        }],
        "ports": [{
          "name": "AMQP", "port": "0", "bindingAddress": "127.0.0.1",
          "authenticationProvider": "plain", "protocols": ["AMQP_0_9_1"],
          "virtualhostaliases": [{"name": "defaultAlias", "type": "defaultAlias"}]
        }],
        "virtualhostnodes": [{
          "name": "default", "type": "Memory", "defaultVirtualHostNode": "true",
          "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"
        }]
      }
      """;

  private final SystemLauncher launcher = new SystemLauncher(this);
  private Broker<?> broker;

  @Override
  public void onContainerResolve(SystemConfig<?> config) {
    broker = (Broker<?>) config.getContainer(Broker.class);
  }

  @Override
  public String call() throws Exception {
    Path directory = Files.createTempDirectory("costattr-amqp");
    Path configuration =
        Files.write(
            directory.resolve("broker.json"), CONFIGURATION.getBytes(StandardCharsets.UTF_8));
    // Otherwise it looks for it by a protocol that its class loader would have to be the system's
    // for.
    Path properties = Files.createFile(directory.resolve("system.properties"));
    launcher.startup(
        Map.of(
            "type",
            "Memory",
            "initialConfigurationLocation",
            configuration.toString(),
            "initialSystemPropertiesLocation",
            properties.toString(),
            "startupLoggedToSystemOut",
            false,
            "context",
            Map.of("qpid.work_dir", directory.toString())));
    Port<?> port = broker.getPorts().iterator().next();
    return String.valueOf(port.getBoundPort());
  }

  @Override
  public void close() {
    launcher.shutdown();
  }
}
