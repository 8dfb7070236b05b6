import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** Artemis, in this JVM and in memory: its call starts it, and says its port. */
public final class Program implements Callable<String>, AutoCloseable {
  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();

  @Override
  public String call() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    File directory = Files.createTempDirectory("costattr-jms").toFile();
    Configuration configuration = new ConfigurationImpl();
    configuration.setPersistenceEnabled(false);
    configuration.setSecurityEnabled(false);
    configuration.setJMXManagementEnabled(false);
    configuration.setBrokerInstance(directory);
    configuration.addAcceptorConfiguration(
        "any", "tcp://127.0.0.1:" + port + "?protocols=CORE,OPENWIRE");
    broker.setConfiguration(configuration).start();
    return String.valueOf(port);
  }

  @Override
  public void close() throws Exception {
    broker.stop();
  }
}
