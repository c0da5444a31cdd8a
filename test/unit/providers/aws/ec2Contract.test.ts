import { createProviders } from '../../../../src/providers/aws/bundle';
import { describeProviderContract } from '../contract';
import { startEc2 } from './ec2Subject';

describeProviderContract('EC2', () => startEc2(createProviders));
