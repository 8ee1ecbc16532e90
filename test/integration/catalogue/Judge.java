import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Reads `scope<TAB>key<TAB>value` lines and answers each with what Kafka's own definition says: accepted, refused or undefined. */
public class Judge {
  public static void main(String[] arguments) throws Exception {
    Map<String, ConfigDef> scopes = Map.of(
        "broker", (ConfigDef) Class.forName("kafka.server.KafkaConfig").getMethod("configDef").invoke(null),
        "topic", (ConfigDef) Class.forName("org.apache.kafka.storage.internals.log.LogConfig").getMethod("configDefCopy").invoke(null),
        "producer", ProducerConfig.configDef(),
        "consumer", ConsumerConfig.configDef());
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    StringBuilder answers = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split("\t", -1);
      answers.append(judge(scopes.get(parts[0]).configKeys().get(parts[1]), parts[2])).append('\n');
    }
    System.out.print(answers);
  }

  private static String judge(ConfigDef.ConfigKey key, String text) {
    if (key == null) return "undefined";
    try {
      Object value = ConfigDef.parseType(key.name, text, key.type);
      if (key.validator != null) key.validator.ensureValid(key.name, value);
      return "accepted";
    } catch (RuntimeException refused) {
      return "refused";
    }
  }
}
