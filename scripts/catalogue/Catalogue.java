import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Prints the configuration definitions of the Kafka on the class path as JSON, one key a line. What a validator allows
 * is asked of the validator itself wherever its class keeps it to itself, so that nothing here is typed off a manual.
 */
public class Catalogue {
  private static final Pattern LISTED = Pattern.compile("\\[([^\\]]+)\\]");
  /** Enough to see where a range that is not a ConfigDef.Range begins, ends and has holes. */
  private static final int PROBE_FROM = -3;
  private static final int PROBE_TO = 32;

  public static void main(String[] arguments) throws Exception {
    Map<String, String> updateModes = updateModes();
    Map<String, Map<String, Map<String, Object>>> scopes = new LinkedHashMap<>();
    scopes.put("broker", describe(definitions("kafka.server.KafkaConfig", "configDef")));
    scopes.put("topic", describe(definitions("org.apache.kafka.storage.internals.log.LogConfig", "configDefCopy")));
    scopes.put("producer", describe(ProducerConfig.configDef()));
    scopes.put("consumer", describe(ConsumerConfig.configDef()));
    addUndefined(scopes);
    scopes.get("broker").forEach((key, fields) -> {
      String mode = updateModes.getOrDefault(key, "read-only");
      if (!mode.equals("read-only")) fields.put("update", mode);
    });
    topicSynonyms().forEach((topicKey, brokerKey) -> {
      Map<String, Object> fields = scopes.get("topic").get(topicKey);
      if (fields != null && scopes.get("broker").containsKey(brokerKey)) fields.put("brokerSynonym", brokerKey);
    });
    System.out.print(render(scopes));
  }

  private static ConfigDef definitions(String className, String method) throws Exception {
    return (ConfigDef) Class.forName(className).getMethod(method).invoke(null);
  }

  /** Scala's object until 3.9, a Java class in another package since. */
  @SuppressWarnings("unchecked")
  private static Map<String, String> updateModes() throws Exception {
    try {
      Class<?> companion = Class.forName("kafka.server.DynamicBrokerConfig$");
      return (Map<String, String>) companion.getMethod("dynamicConfigUpdateModes").invoke(companion.getField("MODULE$").get(null));
    } catch (NoSuchMethodException moved) {
      return (Map<String, String>) Class.forName("org.apache.kafka.server.config.DynamicBrokerConfig")
          .getMethod("dynamicConfigUpdateModes").invoke(null);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> topicSynonyms() throws Exception {
    return (Map<String, String>) Class.forName("org.apache.kafka.server.config.ServerTopicConfigSynonyms")
        .getField("TOPIC_CONFIG_SYNONYMS").get(null);
  }

  /** Settings that Kafka's own classes read without putting them into a ConfigDef. */
  private static void addUndefined(Map<String, Map<String, Map<String, Object>>> scopes) throws Exception {
    Class<?> authorizer = Class.forName("org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    Map<String, Map<String, Object>> broker = scopes.get("broker");
    broker.putIfAbsent((String) authorizer.getField("SUPER_USERS_CONFIG").get(null), field("string", ""));
    broker.putIfAbsent((String) authorizer.getField("ALLOW_EVERYONE_IF_NO_ACL_IS_FOUND_CONFIG").get(null), field("boolean", "false"));
    for (String scope : List.of("broker", "producer", "consumer")) {
      scopes.get(scope).putIfAbsent(AbstractConfig.CONFIG_PROVIDERS_CONFIG, field("list", ""));
      scopes.get(scope).putIfAbsent(JmxReporter.INCLUDE_CONFIG, field("string", ".*"));
      scopes.get(scope).putIfAbsent(JmxReporter.EXCLUDE_CONFIG, field("string", ""));
    }
  }

  private static Map<String, Object> field(String type, String defaultValue) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", type);
    fields.put("default", defaultValue);
    return fields;
  }

  private static Map<String, Map<String, Object>> describe(ConfigDef definitions) throws Exception {
    Map<String, Map<String, Object>> keys = new TreeMap<>();
    for (ConfigKey key : definitions.configKeys().values()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("type", key.type.name().toLowerCase(Locale.ROOT));
      if (!key.hasDefault()) fields.put("required", true);
      else if (key.defaultValue != null) fields.put("default", print(key.defaultValue, key.type));
      if (key.validator != null) constrain(key, key.validator, fields);
      if (key.internalConfig) fields.put("internal", true);
      keys.put(key.name, fields);
    }
    return keys;
  }

  private static String print(Object value, Type type) {
    if (type == Type.PASSWORD) return ((org.apache.kafka.common.config.types.Password) value).value();
    if (!(value instanceof List)) return ConfigDef.convertToString(value, type);
    return ((List<?>) value).stream().map(item -> item instanceof Class ? ((Class<?>) item).getName() : String.valueOf(item)).collect(Collectors.joining(","));
  }

  private static void constrain(ConfigKey key, Validator validator, Map<String, Object> fields) throws Exception {
    if (validator instanceof ConfigDef.CompositeValidator) {
      for (Object part : (List<?>) read(validator, "validators")) constrain(key, (Validator) part, fields);
    } else if (validator instanceof ConfigDef.Range) {
      putBound(fields, "min", (Number) read(validator, "min"), key.type);
      putBound(fields, "max", (Number) read(validator, "max"), key.type);
    } else if (key.type == Type.INT || key.type == Type.LONG) {
      probeNumbers(key, validator, fields);
    } else if (key.type == Type.LIST && validator instanceof ConfigDef.ValidList) {
      List<?> listed = (List<?>) read(read(validator, "validString"), "validStrings");
      if (!listed.isEmpty()) fields.put("allowed", sorted(listed));
      String one = listed.isEmpty() ? "a" : String.valueOf(listed.get(0));
      if (!accepts(key, validator, List.of())) fields.put("nonEmpty", true);
      if (!accepts(key, validator, List.of(one, one))) fields.put("unique", true);
    } else if (key.type == Type.STRING) {
      if (validator.getClass().getSimpleName().equals("MetadataVersionValidator")) fields.put("allowed", metadataVersions(key, validator));
      else probeStrings(key, validator, fields);
      if (!fields.containsKey("allowed") && !accepts(key, validator, "")) fields.put("nonEmpty", true);
    }
  }

  private static void putBound(Map<String, Object> fields, String name, Number bound, Type type) {
    if (bound == null) return;
    Set<Number> typeLimits = type == Type.INT ? Set.of(Integer.MIN_VALUE, Integer.MAX_VALUE) : Set.of(Long.MIN_VALUE, Long.MAX_VALUE);
    if (!typeLimits.contains(bound)) fields.put(name, bound);
  }

  private static void probeNumbers(ConfigKey key, Validator validator, Map<String, Object> fields) {
    List<Integer> accepted = IntStream.rangeClosed(PROBE_FROM, PROBE_TO).boxed()
        .filter(number -> accepts(key, validator, key.type == Type.INT ? (Object) number : (Object) number.longValue())).collect(Collectors.toList());
    if (accepted.isEmpty()) return;
    int first = accepted.get(0);
    int last = accepted.get(accepted.size() - 1);
    if (first > PROBE_FROM) fields.put("min", first);
    if (last < PROBE_TO) fields.put("max", last);
    List<String> excluded = IntStream.rangeClosed(first, last).filter(number -> !accepted.contains(number)).mapToObj(String::valueOf).collect(Collectors.toList());
    if (!excluded.isEmpty()) fields.put("excluded", excluded);
  }

  /** A validator that lists its words in brackets is taken at its word only for those it accepts; `word:FORMAT` becomes `word:*`. */
  private static void probeStrings(ConfigKey key, Validator validator, Map<String, Object> fields) {
    Matcher listed = LISTED.matcher(validator.toString());
    if (!listed.find() || accepts(key, validator, "no such word")) return;
    List<String> words = new ArrayList<>();
    for (String word : listed.group(1).split(",\\s*")) {
      if (accepts(key, validator, word)) words.add(word);
      else if (word.contains(":")) words.add(word.substring(0, word.indexOf(':') + 1) + "*");
      else throw new IllegalStateException(key.name + " lists " + word + " and refuses it");
    }
    fields.put("allowed", sorted(words));
    boolean anyCase = words.stream().filter(word -> !word.endsWith("*"))
        .allMatch(word -> accepts(key, validator, word.toLowerCase(Locale.ROOT)) && accepts(key, validator, word.toUpperCase(Locale.ROOT)));
    boolean hasLetters = words.stream().anyMatch(word -> !word.toLowerCase(Locale.ROOT).equals(word.toUpperCase(Locale.ROOT)));
    if (anyCase && hasLetters) fields.put("ignoreCase", true);
  }

  /** Kafka takes `3.5-IV2`, the release `3.5` and any patch of it. */
  private static List<String> metadataVersions(ConfigKey key, Validator validator) {
    Matcher listed = LISTED.matcher(validator.toString());
    if (!listed.find()) throw new IllegalStateException(key.name + " lists no version");
    Set<String> versions = new LinkedHashSet<>();
    for (String version : listed.group(1).split(",\\s*")) {
      versions.add(version);
      String release = version.replaceAll("-IV\\d+$", "");
      if (accepts(key, validator, release)) versions.add(release);
      if (accepts(key, validator, release + ".7")) versions.add(release + ".*");
    }
    return new ArrayList<>(versions);
  }

  private static boolean accepts(ConfigKey key, Validator validator, Object value) {
    try {
      validator.ensureValid(key.name, value);
      return true;
    } catch (RuntimeException refused) {
      return false;
    }
  }

  private static Object read(Object owner, String name) throws Exception {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }

  private static List<String> sorted(List<?> words) {
    return words.stream().map(String::valueOf).sorted().collect(Collectors.toList());
  }

  private static String render(Map<String, Map<String, Map<String, Object>>> scopes) {
    StringBuilder json = new StringBuilder("{\n\"kafka\":").append(quote(AppInfoParser.getVersion()));
    scopes.forEach((scope, keys) -> json.append(",\n").append(quote(scope)).append(":{\n")
        .append(keys.entrySet().stream().map(key -> quote(key.getKey()) + ":" + value(key.getValue())).collect(Collectors.joining(",\n")))
        .append("\n}"));
    return json.append("\n}\n").toString();
  }

  private static String value(Object value) {
    if (value instanceof Map) {
      return ((Map<?, ?>) value).entrySet().stream().map(entry -> quote(String.valueOf(entry.getKey())) + ":" + value(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List) return ((List<?>) value).stream().map(Catalogue::value).collect(Collectors.joining(",", "[", "]"));
    if (value instanceof Double && (Double) value == Math.rint((Double) value)) return String.valueOf(((Double) value).longValue());
    return value instanceof String ? quote((String) value) : String.valueOf(value);
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      if (character == '"' || character == '\\') quoted.append('\\').append(character);
      else if (character < ' ') quoted.append(String.format("\\u%04x", (int) character));
      else quoted.append(character);
    }
    return quoted.append('"').toString();
  }
}
