import java.io.FileReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Reads a file of settings as the program it is for does when it starts: {@code connect FILE} or {@code mirror FILE}. */
public class CheckConfig {
    public static void main(String[] words) throws Exception {
        Properties properties = new Properties();
        try (FileReader reader = new FileReader(words[1])) {
            properties.load(reader);
        }
        Map<String, String> settings = new HashMap<>();
        properties.forEach((key, value) -> settings.put((String) key, (String) value));
        if (words[0].equals("connect")) {
            var config = new org.apache.kafka.connect.runtime.distributed.DistributedConfig(settings);
            System.out.println("group " + config.getString("group.id"));
        } else {
            var config = new org.apache.kafka.connect.mirror.MirrorMakerConfig(settings);
            System.out.println("pairs " + config.clusterPairs());
        }
    }
}
