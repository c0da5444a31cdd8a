import { createProviders } from '../../../../src/providers/alibaba/bundle';
import { describeProviderContract } from '../contract';
import { startEcs } from './alibabaSubject';

describeProviderContract('ECS', () => startEcs(createProviders));
