// The floor: makes a cluster hold the topics, and just the ACLs, of a file with the fewest requests that Kafka's protocol takes, and
// waits until the broker serves them. It owns nothing, locks nothing, records nothing and checks nothing else: what is slower than this
// pays for that, or for nothing.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
)

type topic struct {
	Name              string            `json:"name"`
	Partitions        int32             `json:"partitions"`
	ReplicationFactor int16             `json:"replicationFactor"`
	Config            map[string]string `json:"config"`
}

type acl struct {
	Principal    string `json:"principal"`
	Host         string `json:"host"`
	Operation    int8   `json:"operation"`
	Permission   int8   `json:"permission"`
	ResourceType int8   `json:"resourceType"`
	ResourceName string `json:"resourceName"`
	PatternType  int8   `json:"patternType"`
}

type desired struct {
	Topics []topic `json:"topics"`
	ACLs   []acl   `json:"acls"`
}

const patience = 2 * time.Minute

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: floor <host:port> <desired.json>"))
	}
	text, err := os.ReadFile(os.Args[2])
	fail(err)
	var want desired
	fail(json.Unmarshal(text, &want))
	client, err := kgo.NewClient(kgo.SeedBrokers(os.Args[1]), kgo.DisableClientMetrics())
	fail(err)
	defer client.Close()
	cluster := floor{client: client, context: context.Background(), want: want}
	missingACLs, needlessACLs := cluster.differentACLs()
	missingTopics, changed := cluster.differences()
	if len(missingACLs) > 0 {
		cluster.createACLs(missingACLs)
	}
	if len(needlessACLs) > 0 {
		cluster.deleteACLs(needlessACLs)
	}
	if len(missingTopics) > 0 {
		cluster.createTopics(missingTopics)
	}
	if len(changed) > 0 {
		cluster.alterConfigs(changed)
	}
	changes := len(missingACLs) + len(needlessACLs) + len(missingTopics) + len(changed)
	if changes > 0 {
		cluster.wait()
	}
	fmt.Printf("%d changes\n", changes)
}

type floor struct {
	client  *kgo.Client
	context context.Context
	want    desired
}

func (f *floor) wait() {
	deadline := time.Now().Add(patience)
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, 500*time.Millisecond) {
		topics, changed := f.differences()
		if len(topics)+len(changed) == 0 {
			if missing, needless := f.differentACLs(); len(missing)+len(needless) == 0 {
				return
			}
		}
		if time.Now().After(deadline) {
			fail(fmt.Errorf("the broker does not serve what it accepted"))
		}
		time.Sleep(pause)
	}
}

// Topics that are not there with all their leaders, and those whose settings differ.
func (f *floor) differences() ([]topic, []topic) {
	if len(f.want.Topics) == 0 {
		return nil, nil
	}
	there := map[string]bool{}
	asked := kmsg.NewPtrMetadataRequest()
	asked.Topics = nil
	answer, err := asked.RequestWith(f.context, f.client)
	fail(err)
	for _, each := range answer.Topics {
		led := each.ErrorCode == 0
		for _, partition := range each.Partitions {
			led = led && partition.Leader >= 0
		}
		if each.Topic != nil {
			there[*each.Topic] = led
		}
	}
	describe := kmsg.NewPtrDescribeConfigsRequest()
	var missing, changed []topic
	byName := map[string]topic{}
	for _, each := range f.want.Topics {
		byName[each.Name] = each
		if !there[each.Name] {
			missing = append(missing, each)
			continue
		}
		resource := kmsg.NewDescribeConfigsRequestResource()
		resource.ResourceType, resource.ResourceName = kmsg.ConfigResourceTypeTopic, each.Name
		for key := range each.Config {
			resource.ConfigNames = append(resource.ConfigNames, key)
		}
		describe.Resources = append(describe.Resources, resource)
	}
	if len(describe.Resources) == 0 {
		return missing, nil
	}
	described, err := describe.RequestWith(f.context, f.client)
	fail(err)
	for _, each := range described.Resources {
		wanted := byName[each.ResourceName]
		for _, config := range each.Configs {
			if config.Value == nil || *config.Value != wanted.Config[config.Name] {
				changed = append(changed, wanted)
				break
			}
		}
	}
	return missing, changed
}

func (f *floor) createTopics(topics []topic) {
	request := kmsg.NewPtrCreateTopicsRequest()
	request.TimeoutMillis = int32(patience.Milliseconds())
	for _, each := range topics {
		made := kmsg.NewCreateTopicsRequestTopic()
		made.Topic, made.NumPartitions, made.ReplicationFactor = each.Name, each.Partitions, each.ReplicationFactor
		for key, value := range each.Config {
			config := kmsg.NewCreateTopicsRequestTopicConfig()
			config.Name, config.Value = key, kmsg.StringPtr(value)
			made.Configs = append(made.Configs, config)
		}
		request.Topics = append(request.Topics, made)
	}
	answer, err := request.RequestWith(f.context, f.client)
	fail(err)
	for _, each := range answer.Topics {
		refused("topic "+each.Topic, each.ErrorCode, each.ErrorMessage)
	}
}

func (f *floor) alterConfigs(topics []topic) {
	request := kmsg.NewPtrIncrementalAlterConfigsRequest()
	for _, each := range topics {
		resource := kmsg.NewIncrementalAlterConfigsRequestResource()
		resource.ResourceType, resource.ResourceName = kmsg.ConfigResourceTypeTopic, each.Name
		for key, value := range each.Config {
			config := kmsg.NewIncrementalAlterConfigsRequestResourceConfig()
			config.Name, config.Value = key, kmsg.StringPtr(value)
			resource.Configs = append(resource.Configs, config)
		}
		request.Resources = append(request.Resources, resource)
	}
	answer, err := request.RequestWith(f.context, f.client)
	fail(err)
	for _, each := range answer.Resources {
		refused("settings of "+each.ResourceName, each.ErrorCode, each.ErrorMessage)
	}
}

// ACLs that are not there, and those that nobody has asked for; of a file without any, none are asked about.
func (f *floor) differentACLs() (missing, needless []acl) {
	if len(f.want.ACLs) == 0 {
		return nil, nil
	}
	request := kmsg.NewPtrDescribeACLsRequest()
	request.ResourceType, request.ResourcePatternType = kmsg.ACLResourceTypeAny, kmsg.ACLResourcePatternTypeAny
	request.Operation, request.PermissionType = kmsg.ACLOperationAny, kmsg.ACLPermissionTypeAny
	answer, err := request.RequestWith(f.context, f.client)
	fail(err)
	refused("the list of ACLs", answer.ErrorCode, answer.ErrorMessage)
	there := map[acl]bool{}
	for _, resource := range answer.Resources {
		for _, each := range resource.ACLs {
			there[acl{each.Principal, each.Host, int8(each.Operation), int8(each.PermissionType), int8(resource.ResourceType), resource.ResourceName, int8(resource.ResourcePatternType)}] = true
		}
	}
	for _, each := range f.want.ACLs {
		if !there[each] {
			missing = append(missing, each)
		}
		delete(there, each)
	}
	for each := range there {
		needless = append(needless, each)
	}
	return missing, needless
}

func (f *floor) createACLs(acls []acl) {
	request := kmsg.NewPtrCreateACLsRequest()
	for _, each := range acls {
		made := kmsg.NewCreateACLsRequestCreation()
		made.ResourceType, made.ResourceName = kmsg.ACLResourceType(each.ResourceType), each.ResourceName
		made.ResourcePatternType = kmsg.ACLResourcePatternType(each.PatternType)
		made.Principal, made.Host = each.Principal, each.Host
		made.Operation, made.PermissionType = kmsg.ACLOperation(each.Operation), kmsg.ACLPermissionType(each.Permission)
		request.Creations = append(request.Creations, made)
	}
	answer, err := request.RequestWith(f.context, f.client)
	fail(err)
	for _, each := range answer.Results {
		refused("an ACL", each.ErrorCode, each.ErrorMessage)
	}
}

func (f *floor) deleteACLs(acls []acl) {
	request := kmsg.NewPtrDeleteACLsRequest()
	for _, each := range acls {
		filter := kmsg.NewDeleteACLsRequestFilter()
		filter.ResourceType, filter.ResourceName = kmsg.ACLResourceType(each.ResourceType), kmsg.StringPtr(each.ResourceName)
		filter.ResourcePatternType = kmsg.ACLResourcePatternType(each.PatternType)
		filter.Principal, filter.Host = kmsg.StringPtr(each.Principal), kmsg.StringPtr(each.Host)
		filter.Operation, filter.PermissionType = kmsg.ACLOperation(each.Operation), kmsg.ACLPermissionType(each.Permission)
		request.Filters = append(request.Filters, filter)
	}
	answer, err := request.RequestWith(f.context, f.client)
	fail(err)
	for _, each := range answer.Results {
		refused("taking an ACL away", each.ErrorCode, each.ErrorMessage)
	}
}

func refused(what string, code int16, message *string) {
	if code == 0 {
		return
	}
	reason := ""
	if message != nil {
		reason = *message
	}
	fail(fmt.Errorf("%s was refused with %d %s", what, code, reason))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
