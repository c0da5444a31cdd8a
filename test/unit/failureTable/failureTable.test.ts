import assert from 'node:assert/strict';
import type { Service } from '../../../src/domain/target';
import { createProviders as createAlibabaProviders } from '../../../src/providers/alibaba/bundle';
import { createProviders as createAwsProviders } from '../../../src/providers/aws/bundle';
import { serviceManifest } from '../../../src/providers/registry';
import { startEcs, startEns } from '../providers/alibaba/alibabaSubject';
import { startEc2 } from '../providers/aws/ec2Subject';
import { startLightsail } from '../providers/aws/lightsailSubject';
import { type ContractSubject, contractKeys } from '../providers/contract';
import { failureOf } from '../providers/failing';
import { documentedCodes } from './codes';
import { describeFailureIn } from './words';

const starts: readonly (readonly [Service, () => Promise<ContractSubject>])[] = [
	['ec2', () => startEc2(createAwsProviders)],
	['lightsail', () => startLightsail(createAwsProviders)],
	['ecs', () => startEcs(createAlibabaProviders)],
	['ens', () => startEns(createAlibabaProviders)],
];

/** A sentence or two, without anything that was put in by mistake. */
const sentences = /^(?=.{4,400}$)(?!.*(?:undefined|null|NaN|\{\d\}|\[object)).*[.。]$/su;

for (const [service, start] of starts) {
	describe(`Every documented error code of ${serviceManifest(service).label}`, () => {
		let subject: ContractSubject;
		const english = describeFailureIn('en');
		const chinese = describeFailureIn('zh-cn');
		before(async () => {
			subject = await start();
		});
		after(() => subject.close());

		for (const { code, status, kind, message } of documentedCodes[service]) {
			it(`${code} with ${status}${message === undefined ? '' : ` (${message})`} is ${kind}, in plain words`, async () => {
				const { provider, profiles, regions, operations, cloud } = subject;
				const effect = { kind: 'error', code, status, ...(message === undefined ? {} : { message }) } as const;
				cloud.faults.set([{ operation: operations.import, effect }]);
				const [region] = regions?.usable ?? [];
				const target = { service, profile: profiles.able, ...(region === undefined ? {} : { region }) };
				const request = { keyName: 'deploy', publicKey: contractKeys.rsa, tags: {}, dryRun: false };
				const failure = await failureOf(provider.import(target, request, new AbortController().signal));
				assert.equal(failure.kind, kind);
				assert.equal(failure.code, code);
				const { label } = serviceManifest(service);
				for (const words of [english(failure, label), chinese(failure, label)]) {
					assert.match(words.message, sentences);
					assert.match(words.advice, sentences);
				}
				assert.notEqual(english(failure, label).advice, chinese(failure, label).advice);
			});
		}
	});
}
